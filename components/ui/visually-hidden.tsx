import { VisuallyHidden as Primitive } from "radix-ui";
import type { ComponentProps } from "react";

/** Said, not shown. */
export function VisuallyHidden(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="visually-hidden" {...props} />;
}
