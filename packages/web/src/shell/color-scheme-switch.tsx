import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

const choices = [
  { value: "light", word: "Light", Icon: IconSun },
  { value: "auto", word: "System", Icon: IconDeviceDesktop },
  { value: "dark", word: "Dark", Icon: IconMoon },
];

/** Light, dark, or whatever the system says. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Colour scheme"
      size="xs"
      fullWidth
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={choices.map(({ value, word, Icon }) => ({
        value,
        label: (
          <span title={word} style={{ display: "grid", placeItems: "center", minHeight: 20 }}>
            <Icon size={15} aria-hidden />
            <span className="visually-hidden">{word}</span>
          </span>
        ),
      }))}
    />
  );
}
