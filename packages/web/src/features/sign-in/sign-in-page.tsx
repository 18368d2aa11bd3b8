import { useApolloClient } from "@apollo/client/react";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { fetchDemoSignIns, signIn, type DemoSignIn } from "../../session/session.ts";
import { Notice } from "../../ui/notice.tsx";
import { DemoSignIns } from "./demo-sign-ins.tsx";
import classes from "./sign-in-page.module.css";

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
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <span>Rehome</span>
        </div>
        <h1>Sign in</h1>
        <p className="muted">Plan, watch and prove every move of people’s accounts.</p>
        <SignInForm key={picked.email} initial={picked} />
        <nav className={classes.help} aria-label="Help with signing in">
          <Link to="/recover">Forgot your password?</Link>
          <Link to="/recover" search={{ for: "confirm" }}>
            Did not get the mail?
          </Link>
        </nav>
        {demo.length > 0 && <DemoSignIns signIns={demo} onPick={setPicked} />}
      </div>
    </main>
  );
}

function SignInForm(props: { initial: { email: string; password: string } }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const enter = useEnter();
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
    setPending(true);
    setProblem(await signIn(values.email.trim(), values.password).then((failure) => failure ?? enter()));
    setPending(false);
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
      <Button type="submit" size="md" fullWidth loading={pending}>
        Sign in
      </Button>
    </form>
  );
}

/** Opens the page that was asked for, with nothing of an earlier session left in the cache. */
function useEnter(): () => Promise<null> {
  const { to } = route.useSearch();
  const router = useRouter();
  const client = useApolloClient();
  return async () => {
    await client.clearStore();
    router.history.push(to ?? "/");
    return null;
  };
}
