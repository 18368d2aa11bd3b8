import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFingerprint } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { fetchDemoSignIns, signIn, type DemoSignIn } from "../../session/session.ts";
import { OutboxLink } from "../../shared/recovery/outbox-link.tsx";
import { Notice } from "../../ui/notice.tsx";
import { DemoSignIns } from "./demo-sign-ins.tsx";
import { signInWithPasskey } from "./passkey-sign-in.ts";
import { SignInFrame } from "./sign-in-frame.tsx";
import classes from "./sign-in-page.module.css";
import { useEnter } from "./use-enter.ts";

const route = getRouteApi("/sign-in");

const emptyForm = { email: "", password: "" };

/** Email and password; where the server offers demo sign-ins, one click fills the form. */
export function SignInPage() {
  const [demo, setDemo] = useState<DemoSignIn[]>([]);
  const [picked, setPicked] = useState(emptyForm);
  useEffect(function offerDemoSignIns() {
    document.title = "Sign in · Rehome";
    void fetchDemoSignIns().then(setDemo);
  }, []);
  return (
    <SignInFrame title="Sign in" lead="Plan, watch and prove every move of people’s accounts.">
      <SignInForm key={picked.email} initial={picked} />
      <nav className={classes.help} aria-label="Help with signing in">
        <Link to="/recover">Forgot your password?</Link>
        <Link to="/recover" search={{ for: "confirm" }}>
          Did not get the mail?
        </Link>
        <OutboxLink />
      </nav>
      {demo.length > 0 && <DemoSignIns signIns={demo} onPick={setPicked} />}
    </SignInFrame>
  );
}

function SignInForm(props: { initial: { email: string; password: string } }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState<"password" | "passkey" | null>(null);
  const { to } = route.useSearch();
  const navigate = useNavigate();
  const enter = useEnter(to);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: props.initial.email, password: props.initial.password },
    validate: {
      email: (value) => (value.trim() === "" ? "Enter your email" : null),
      password: (value) => (value === "" ? "Enter your password" : null),
    },
    onSubmitPreventDefault: "always",
  });
  const submit = async (values: { email: string; password: string }) => {
    setPending("password");
    const step = await signIn(values.email.trim(), values.password);
    if (step.next === "in") {
      await enter();
    } else if (step.next === "code") {
      await navigate({ to: "/sign-in/two-step", search: to === undefined ? {} : { to } });
    } else {
      setProblem(step.message);
    }
    setPending(null);
  };
  const usePasskey = async () => {
    setPending("passkey");
    const failure = await signInWithPasskey();
    setProblem(failure);
    if (failure === null) {
      await enter();
    }
    setPending(null);
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(
        (values) => void submit(values),
        (errors) => form.getInputNode(errors.email ? "email" : "password")?.focus(),
      )}
    >
      {problem && <Notice tone="bad" live title={problem} />}
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        size="md"
        key={form.key("email")}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        size="md"
        key={form.key("password")}
        {...form.getInputProps("password")}
      />
      <Button
        type="submit"
        size="md"
        fullWidth
        loading={pending === "password"}
        disabled={pending === "passkey"}
      >
        Sign in
      </Button>
      <Button
        variant="default"
        size="md"
        fullWidth
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={pending === "passkey"}
        disabled={pending === "password"}
        onClick={() => void usePasskey()}
      >
        Sign in with a passkey
      </Button>
    </form>
  );
}
