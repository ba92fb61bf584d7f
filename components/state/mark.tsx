import type { ComponentProps } from "react";

/** The product's mark: a report held before a line whose gap is exactly its size. Decorative beside the name. */
export function Mark({ size = 20, ...props }: Omit<ComponentProps<"svg">, "name"> & { size?: number }) {
  return (
    <svg data-slot="mark" aria-hidden width={size} height={size} viewBox="0 0 24 24" fill="none" {...props}>
      <path d="M16.5 .5v8M16.5 15.5v8" stroke="var(--foreground)" strokeWidth={3.5} />
      <circle cx="8" cy="12" r="3.5" fill="var(--primary)" />
    </svg>
  );
}
