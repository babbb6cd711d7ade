import { Card } from '@vedette/ui';
import { useId } from 'react';
import { chooseTheme, type ThemeChoice, useTheme } from '../../lib/theme.ts';

const OPTIONS: readonly { readonly value: ThemeChoice; readonly label: string; readonly hint: string }[] = [
  { value: 'system', label: 'As the system', hint: 'Follows light and dark of your computer.' },
  { value: 'light', label: 'Light', hint: 'Dark ink on white.' },
  { value: 'dark', label: 'Dark', hint: 'Light ink on near black.' },
];

export function Appearance() {
  const { choice } = useTheme();
  const name = useId();
  return (
    <Card
      title="Theme"
      note="Kept in this browser. High contrast and reduced motion are taken from your system's settings."
    >
      <fieldset className="flex flex-col gap-3">
        <legend className="sr-only">Theme</legend>
        {OPTIONS.map((option) => (
          <div key={option.value} className="flex gap-2.5 items-start">
            <input
              id={`${name}-${option.value}`}
              type="radio"
              name={name}
              checked={choice === option.value}
              onChange={() => chooseTheme(option.value)}
              className="mt-[3px] size-4 accent-[var(--accent)]"
            />
            <span>
              <label htmlFor={`${name}-${option.value}`} className="text-14 font-semibold">
                {option.label}
              </label>
              <span className="block text-13 text-ink-2">{option.hint}</span>
            </span>
          </div>
        ))}
      </fieldset>
    </Card>
  );
}
