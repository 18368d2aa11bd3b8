import { encode } from "uqr";
import classes from "./security.module.css";

/** Light cells around the code, without which readers do not find it. */
const border = 3;

/** A QR code as one path: dark on white in either colour scheme, since readers want it so. */
export function QrCode(props: { value: string; label: string }) {
  const { data, size } = encode(props.value, { ecc: "M", border });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      className={classes.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={props.label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
