import type { ReactNode } from "react";
import { useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { ToggleGroup } from "../ui/toggle-group.tsx";

const choices: { value: MantineColorScheme; label: string; icon: ReactNode }[] = [
  { value: "light", label: "Light", icon: <IconSun size={15} aria-hidden /> },
  { value: "auto", label: "System", icon: <IconDeviceDesktop size={15} aria-hidden /> },
  { value: "dark", label: "Dark", icon: <IconMoon size={15} aria-hidden /> },
];

/** Light, dark, or whatever the system says. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <ToggleGroup
      label="Colour scheme"
      fullWidth
      value={colorScheme}
      options={choices}
      onChange={(value) => setColorScheme(value)}
    />
  );
}
