/** How the page is coloured: as the device is, or by the reader's choice. */
export const THEMES = ['auto', 'light', 'dark'] as const;

/** One of {@link THEMES}. */
export type Theme = (typeof THEMES)[number];

/** Under this name the browser keeps the reader's choice. */
const KEPT_AS = 'trailmend.theme';

/** Whether `text` is one of {@link THEMES}. */
export function isTheme(text: string | null): text is Theme {
  return THEMES.some((theme) => theme === text);
}

/** Colours the page, and keeps the choice where the browser lets it. */
export function useTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEPT_AS, theme);
  } catch {
    // A browser that keeps nothing for files shows the device's colours next time.
  }
}

/** The theme that the page has now. */
export function themeNow(): Theme {
  const theme = document.documentElement.dataset.theme ?? null;
  return isTheme(theme) ? theme : 'auto';
}

/** Colours the page as the reader chose last. */
export function restoreTheme(): void {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    document.documentElement.dataset.theme = isTheme(kept) ? kept : 'auto';
  } catch {
    document.documentElement.dataset.theme = 'auto';
  }
}
