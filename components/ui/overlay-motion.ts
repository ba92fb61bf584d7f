/** Menus and tabs: 140 ms, opacity and 4 px. */
export const menuMotion =
  "data-[state=open]:animate-in data-[state=closed]:animate-out data-[state=open]:fade-in-0 data-[state=closed]:fade-out-0 data-[side=bottom]:slide-in-from-top-1 data-[side=top]:slide-in-from-bottom-1 duration-(--dur-2) ease-gate";

/** The ground behind dialogs and sheets; of the layer of what it is the ground of, so that it also covers a sheet below. */
export const overlayClass =
  "fixed inset-0 z-50 bg-overlay data-[state=open]:animate-in data-[state=closed]:animate-out data-[state=open]:fade-in-0 data-[state=closed]:fade-out-0 duration-(--dur-3) ease-gate";

/** A floating surface. */
export const surfaceClass =
  "z-50 rounded-lg border border-border bg-popover text-popover-foreground shadow-popover";

/** A row of a menu, a select or a command list. */
export const menuItemClass =
  "relative flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-13 outline-none select-none touch:min-h-11 data-[highlighted]:bg-accent data-[disabled]:pointer-events-none data-[disabled]:text-muted-foreground [&_svg:not([class*=size-])]:size-3.5";
