/** The eight tones of the token sheet. A tone never stands alone: a word or a shape says the same. */
export const tones = ["idle", "active", "needs", "passed", "waiting", "failed", "ambiguous", "void"] as const;

export type Tone = (typeof tones)[number];

const classes: Record<Tone, string> = {
  idle: "tone-idle",
  active: "tone-active",
  needs: "tone-needs",
  passed: "tone-passed",
  waiting: "tone-waiting",
  failed: "tone-failed",
  ambiguous: "tone-ambiguous",
  void: "tone-void",
};

/** Sets the tone variables that `text-tone`, `bg-tone-soft` and `border-tone` read. */
export function toneClass(tone: Tone): string {
  return classes[tone];
}
