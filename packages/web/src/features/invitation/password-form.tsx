import { useApolloClient } from "@apollo/client/react";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { signIn } from "../../session/session.ts";
import { Notice } from "../../ui/notice.tsx";
import { acceptWithPassword, type ShownInvitation } from "./invitation-api.ts";
import classes from "./invitation-page.module.css";

const least = 15;

/** Name and password of an account whose address nobody has proven so far; accepting signs in. */
export function PasswordForm(props: { token: string; invitation: ShownInvitation }) {
  const { invitation, token } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const client = useApolloClient();
  const router = useRouter();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: invitation.name, password: "" },
    validate: {
      name: (value) => (value.trim() === "" ? "Enter your name" : null),
      password: (value) => (value.length < least ? `Use ${least} characters or more` : null),
    },
    onSubmitPreventDefault: "always",
  });
  const submit = async ({ name, password }: { name: string; password: string }) => {
    setPending(true);
    setProblem(null);
    const answer = await acceptWithPassword(token, name.trim(), password);
    if (answer.problem === null) {
      const step = await signIn(answer.value.email, password);
      await client.clearStore();
      router.history.push(step.next === "in" ? "/" : "/sign-in");
      return;
    }
    setPending(false);
    const { field, message } = answer.problem;
    if (field === "name" || field === "password") {
      form.setFieldError(field, message);
      form.getInputNode(field)?.focus();
    } else {
      setProblem(message);
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(
        (values) => void submit(values),
        (errors) => form.getInputNode(errors.name ? "name" : "password")?.focus(),
      )}
    >
      <p>
        Choose the password of your Atlassian account <strong>{invitation.email}</strong>.
        {invitation.name !== "" && " Passwords, sessions and API tokens from before end."}
      </p>
      {problem && <Notice tone="bad" live title={problem} />}
      {/* Password managers store the password under this address. */}
      <input type="text" hidden name="username" autoComplete="username" value={invitation.email} readOnly />
      <TextInput
        label="Your name"
        autoComplete="name"
        size="md"
        key={form.key("name")}
        {...form.getInputProps("name")}
      />
      <PasswordInput
        label="New password"
        description={`${least} characters or more; a sentence is easy to remember.`}
        autoComplete="new-password"
        size="md"
        key={form.key("password")}
        {...form.getInputProps("password")}
      />
      <Button type="submit" size="md" fullWidth loading={pending}>
        Set the password and accept
      </Button>
    </form>
  );
}
