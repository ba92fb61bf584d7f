import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Without this the merger would read text-13 as a colour and drop it beside text-muted-foreground. */
const merge = extendTailwindMerge<"link" | "section-head">({
  extend: {
    theme: {
      text: ["11", "12", "13", "14", "16", "20", "28"],
      shadow: ["popover", "dialog"],
      ease: ["gate"],
      "font-weight": ["book"],
    },
    classGroups: { link: ["link"], "section-head": ["section-head"] },
  },
});

/** Joins class names; a later utility wins over an earlier one of the same kind. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
