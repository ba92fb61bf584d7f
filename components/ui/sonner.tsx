"use client";

import { useTheme } from "next-themes";
import { Toaster as Primitive, type ToasterProps } from "sonner";

/** Once, in the root layout. A toast reports what was done; it is never the only place of an error. */
export function Toaster(props: ToasterProps) {
  const { resolvedTheme } = useTheme();
  return (
    <Primitive
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      offset={44}
      gap={8}
      visibleToasts={3}
      expand
      containerAriaLabel="Notices"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-2.5 rounded-lg border border-border bg-popover px-3 py-2.5 text-13 text-popover-foreground shadow-popover font-sans",
          content: "flex min-w-0 flex-1 flex-col",
          icon: "flex-none pt-px",
          title: "font-semibold",
          description: "text-12 text-muted-foreground",
          actionButton:
            "inline-flex h-6 flex-none items-center rounded-[5px] border border-border-strong bg-card px-2 text-12 font-medium hover:bg-accent",
          cancelButton:
            "inline-flex h-6 flex-none items-center rounded-[5px] px-2 text-12 font-medium hover:bg-accent",
          closeButton:
            "order-last inline-grid size-6 flex-none place-items-center rounded-[5px] hover:bg-accent",
        },
      }}
      {...props}
    />
  );
}
