import type { ComponentProps } from "react";
import { type GlyphName, type GlyphShape, glyphs } from "./glyphs";

export type GateGlyphProps = Omit<ComponentProps<"svg">, "name"> & { name: GlyphName; size?: number };

function stroke(shape: GlyphShape) {
  if ("r" in shape) {
    return (
      <circle
        key={`${shape.cx} ${shape.r}`}
        cx={shape.cx}
        cy={shape.cy}
        r={shape.r}
        fill={shape.solid ? "currentColor" : undefined}
        stroke={shape.solid ? "none" : undefined}
      />
    );
  }
  return (
    <path
      key={shape.d}
      d={shape.d}
      strokeWidth={shape.width}
      strokeDasharray={shape.dash}
      strokeLinecap={shape.flat ? "butt" : undefined}
    />
  );
}

/** A state's shape. Always beside its word, so it is hidden from screen readers. */
export function GateGlyph({ name, size = 16, ...props }: GateGlyphProps) {
  return (
    <svg
      data-slot="gate-glyph"
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...props}
    >
      {glyphs[name].map(stroke)}
    </svg>
  );
}
