/** An address that breaks before its @ where it is too long for its line, and not in the middle of a word. */
export function EmailText(props: { email: string }) {
  const at = props.email.lastIndexOf("@");
  return at <= 0 ? (
    props.email
  ) : (
    <>
      {props.email.slice(0, at)}
      <wbr />
      {props.email.slice(at)}
    </>
  );
}
