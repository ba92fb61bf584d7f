/** A stroke of a glyph on the 16 px grid. `solid` fills without an edge, `flat` cuts the line's ends square. */
type GlyphPath = { d: string; solid?: boolean; width?: number; dash?: string; flat?: boolean };
type GlyphDot = { cx: number; cy: number; r: number; solid?: boolean };
export type GlyphShape = GlyphPath | GlyphDot;

const line: GlyphShape = { d: "M9 1.75v12.5" };
const parted: GlyphShape = { d: "M9 .75v3.75M9 11.5v3.75", width: 1.75, flat: true };

/**
 * Every state is a dot's place relative to the gate line. Left: inside. In the gap: approved. Right: has left.
 * A closed line cannot be passed, a double line blocks, a parted line may be passed.
 */
export const glyphs = {
  queued: [line, { cx: 3.6, cy: 8, r: 2 }],
  ready: [line, { cx: 3.4, cy: 8, r: 2.4, solid: true }],
  running: [line, { d: "M5.9 8a2.4 2.4 0 1 1-2.4-2.4" }],
  required: [
    { d: "M10.2 1.75v12.5", width: 2.2 },
    { cx: 5.6, cy: 8, r: 2.9, solid: true },
  ],
  granted: [parted, { cx: 9, cy: 8, r: 2.8, solid: true }],
  denied: [line, { d: "M1.9 5.9l4.2 4.2M6.1 5.9l-4.2 4.2" }],
  voided: [parted, { cx: 3.6, cy: 8, r: 2 }, { d: "M13.6 4.4L6 12.6", width: 1.25 }],
  expired: [
    { d: "M9 1.75v12.5", dash: "1.5 2.6" },
    { cx: 3.6, cy: 8, r: 2 },
  ],
  blocked: [{ d: "M8 1.75v12.5M11.4 1.75v12.5" }, { cx: 3.4, cy: 8, r: 2.4, solid: true }],
  cancelled: [line, { d: "M1.6 8h4" }],
  sending: [parted, { d: "M2 8h5" }, { cx: 12.6, cy: 8, r: 1.9 }],
  again: [parted, { cx: 12.8, cy: 8, r: 2.1 }],
  retrying: [parted, { d: "M2 5.8h9.8a2.3 2.3 0 0 1 0 4.6H4.4M6.4 8.3l-2 2.1 2 2.1", width: 1.4 }],
  published: [parted, { cx: 13, cy: 8, r: 2.7, solid: true }],
  failed: [parted, { d: "M10.7 5.9l4.2 4.2M14.9 5.9l-4.2 4.2" }],
  ambiguous: [parted, { d: "M11.3 6.3a1.5 1.5 0 1 1 2.3 1.3c-.5.3-.8.6-.8 1.2M12.8 11v.01" }],
  open: [parted, { d: "M3 8h10.6M11.2 5.4L13.8 8l-2.6 2.6" }],
  degraded: [parted, { d: "M2 8h12", dash: "2 2.6" }],
} satisfies Record<string, readonly GlyphShape[]>;

export type GlyphName = keyof typeof glyphs;
