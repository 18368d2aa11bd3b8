import { useApolloClient } from "@apollo/client/react";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { fetchDemoSignIns, signIn, type DemoSignIn } from "../../session/session.ts";
import { Notice } from "../../ui/notice.tsx";
import { DemoSignIns } from "./demo-sign-ins.tsx";
import classes from "./sign-in-page.module.css";

const route = getRouteApi("/sign-in");

/** Email and password; where the server offers demo sign-ins, one click fills the form. */
export function SignInPage() {
  const { to } = route.useSearch();
  const router = useRouter();
  const client = useApolloClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [demo, setDemo] = useState<DemoSignIn[]>([]);
  const [pending, setPending] = useState(false);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.trim() === "" ? "Enter your email" : null),
      password: (value) => (value === "" ? "Enter your password" : null),
    },
    onSubmitPreventDefault: "always",
  });
  useEffect(function offerDemoSignIns() {
    document.title = "Sign in · Rehome";
    void fetchDemoSignIns().then(setDemo);
  }, []);
  const submit = async (values: { email: string; password: string }) => {
    setPending(true);
    setProblem(null);
    const failure = await signIn(values.email.trim(), values.password);
    if (failure) {
      setProblem(failure);
      setPending(false);
      return;
    }
    await client.clearStore();
    router.history.push(to ?? "/");
  };
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <span>Rehome</span>
        </div>
        <h1>Sign in</h1>
        <p className="muted">Plan, watch and prove every move of people’s accounts.</p>
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
        {demo.length > 0 && (
          <DemoSignIns
            signIns={demo}
            onPick={(pick) => {
              form.setValues({ email: pick.email, password: pick.password });
              setProblem(null);
            }}
          />
        )}
      </div>
    </main>
  );
}
