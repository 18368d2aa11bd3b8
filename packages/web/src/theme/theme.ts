import { createTheme, type MantineColorsTuple } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { createElement } from "react";

/** The one accent. Shade 6 carries white text at 5.6:1 in both schemes. */
const iris: MantineColorsTuple = [
  "#f1f2fe",
  "#e3e5fd",
  "#c9cdfb",
  "#abb0f7",
  "#8d91f0",
  "#7074e8",
  "#5558dc",
  "#4744c4",
  "#3b389f",
  "#2f2d7a",
];

/** Cool neutrals; 6 on 0 is 4.6:1, so it may carry secondary text. */
const gray: MantineColorsTuple = [
  "#f8f9fb",
  "#f1f2f5",
  "#e6e8ec",
  "#d9dce2",
  "#c3c7d0",
  "#9aa0ad",
  "#656c7a",
  "#4b5260",
  "#2f3440",
  "#1a1d24",
];

const dark: MantineColorsTuple = [
  "#e6e7eb",
  "#c3c6cf",
  "#a0a4b0",
  "#767b89",
  "#3c3f4a",
  "#30333c",
  "#26282f",
  "#17181c",
  "#121317",
  "#0c0d10",
];

const systemFont =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Inter, "Noto Sans", Arial, sans-serif';

/** Type, colour and radius of every Mantine component; the rest of the look is in tokens.css. */
export const theme = createTheme({
  primaryColor: "iris",
  primaryShade: 6,
  colors: { iris, gray, dark },
  fontFamily: systemFont,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.45", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "16px" },
  defaultRadius: "md",
  headings: { fontFamily: systemFont, fontWeight: "620" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    NativeSelect: {
      defaultProps: { size: "sm", rightSection: createElement(IconChevronDown, { size: 15 }) },
    },
    Anchor: { defaultProps: { underline: "always" } },
    Textarea: { defaultProps: { size: "sm" } },
    Checkbox: { defaultProps: { size: "sm" } },
    Radio: { defaultProps: { size: "sm" } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } },
    },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
  },
});
