/*
 * The renderer's own names for colours and sizes, set to our tokens. On its inner blocks rather than on the element: it
 * computes shades from what it finds on the element and knows hex colours only.
 */
const tones = {
  blue: "--state-active",
  green: "--state-passed",
  orange: "--sev-high",
  yellow: "--state-waiting",
  red: "--state-failed",
  purple: "--state-ambiguous",
  gray: "--state-idle",
};

const surfaces = {
  "--bg": "--background",
  "--bg2": "--muted",
  "--bg3": "--muted",
  "--light-bg": "--muted",
  "--fg": "--foreground",
  "--fg2": "--foreground",
  "--fg3": "--muted-foreground",
  "--light-fg": "--muted-foreground",
  "--selection-bg": "--primary-soft",
  "--selection-fg": "--foreground",
  "--overlay-bg": "--overlay",
  "--border-color": "--border-strong",
  "--light-border-color": "--border",
  "--code-border-color": "--border",
  "--input-bg": "--card",
  "--placeholder-color": "--muted-foreground",
  "--hover-color": "--accent",
  "--header-bg": "--background",
  "--header-fg": "--foreground",
  "--nav-bg-color": "--sidebar",
  "--nav-text-color": "--sidebar-foreground",
  "--nav-hover-bg-color": "--accent",
  "--nav-hover-scrollbar-color": "--border-strong",
  "--nav-hover-text-color": "--foreground",
  "--code-fg": "--foreground",
  "--inline-code-fg": "--foreground",
  "--code-property-color": "--state-needs",
  "--code-keyword-color": "--state-active",
  "--code-operator-color": "--muted-foreground",
  "--primary-color": "--primary",
  "--secondary-color": "--primary",
  "--primary-btn-text-color": "--primary-foreground",
};

const declarations = [
  ...Object.entries(surfaces).map(([name, token]) => `${name}: var(${token})`),
  ...Object.entries(tones).flatMap(([name, token]) => [
    `--${name}: var(${token})`,
    `--light-${name}: var(--muted)`,
  ]),
  "--font-regular: var(--face-sans)",
  "--font-mono: var(--face-mono)",
  "--font-size-small: 12px",
  "--font-size-mono: 12px",
  "--font-size-regular: 13px",
  "--border-radius: var(--radius)",
  "--nav-path-padding: 5px 8px 5px 16px",
].join(";");

/** For the renderer's shadow root. Light and dark follow, since every value is one of our tokens. */
export const explorerStyles = `
*, ::before, ::after { box-sizing: border-box }
.body, .overlay, #advanced-search-dialog { ${declarations}; color: var(--fg); background-color: var(--bg) }
.nav-bar-info, .nav-bar-tag { padding: 8px 10px }
.nav-bar.focused, .nav-scroll { border-top-color: transparent }
.nav-bar { border-right: 1px solid var(--border) }
.nav-bar-section { border-bottom-color: var(--border) }
.nav-bar-tag { color: var(--foreground) }
.m-btn { box-shadow: none; border-width: 1px }
.m-btn.primary:is(:hover, :focus-visible) { color: var(--primary-btn-text-color); background-color: var(--primary-hover) }
.m-btn.outline-primary { border-color: var(--border-strong) }
:is(a, button, input, select, textarea, summary, [tabindex]):focus-visible {
  outline: 2px solid var(--ring) !important; outline-offset: -2px;
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important } }
`;
