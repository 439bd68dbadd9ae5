import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const KEPT = 'eidetic-theme';

const theme = signal<Theme>(keptTheme());
apply(theme.value);

export function ThemeChoice(): JSX.Element {
  const words = texts.theme;
  return (
    <select
      class="theme"
      aria-label={words.label}
      value={theme.value}
      onChange={(event) => {
        const chosen = event.currentTarget.value as Theme;
        theme.value = chosen;
        apply(chosen);
        keepTheme(chosen);
      }}
    >
      {THEMES.map((name) => (
        <option key={name} value={name}>
          {words[name]}
        </option>
      ))}
    </select>
  );
}

function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEPT);
    return THEMES.find((name) => name === kept) ?? 'system';
  } catch {
    return 'system'; // a browser that keeps nothing for pages throws
  }
}

function keepTheme(chosen: Theme): void {
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // It holds until the page is closed.
  }
}

function apply(chosen: Theme): void {
  const { dataset } = document.documentElement;
  if (chosen === 'system') {
    delete dataset['theme'];
  } else {
    dataset['theme'] = chosen;
  }
}
