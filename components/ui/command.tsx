"use client";

import { Command as Primitive } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { dialogFrame } from "./dialog";
import { RememberOpener, useFocusReturn } from "./focus-return";
import { overlayClass } from "./overlay-motion";
import { VisuallyHidden } from "./visually-hidden";

export function Command({ className, ...props }: ComponentProps<typeof Primitive>) {
  return <Primitive data-slot="command" className={cn("flex min-h-0 flex-col", className)} {...props} />;
}

type CommandDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  children: ReactNode;
};

export function CommandDialog({ open, onOpenChange, title, description, children }: CommandDialogProps) {
  const focus = useFocusReturn(undefined);
  return (
    <DialogPrimitive.Root open={open} onOpenChange={onOpenChange}>
      <DialogPrimitive.Portal>
        <DialogPrimitive.Overlay className={overlayClass} />
        <DialogPrimitive.Content
          className={cn(dialogFrame, "max-sm:top-12 sm:mt-[12vh] sm:w-145")}
          onCloseAutoFocus={focus.onCloseAutoFocus}
        >
          <RememberOpener opener={focus.opener} />
          <VisuallyHidden>
            <DialogPrimitive.Title>{title}</DialogPrimitive.Title>
            <DialogPrimitive.Description>{description}</DialogPrimitive.Description>
          </VisuallyHidden>
          {children}
        </DialogPrimitive.Content>
      </DialogPrimitive.Portal>
    </DialogPrimitive.Root>
  );
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Primitive.Input>) {
  return (
    <div className="flex h-12 flex-none items-center gap-2 border-b border-border px-4">
      <Search aria-hidden className="size-4 text-muted-foreground" />
      <Primitive.Input
        data-slot="command-input"
        className={cn("h-full w-full bg-transparent text-14 outline-none touch:text-16", className)}
        {...props}
      />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return (
    <Primitive.List className={cn("max-h-[min(420px,60dvh)] overflow-y-auto p-1", className)} {...props} />
  );
}

export function CommandEmpty({ className, ...props }: ComponentProps<typeof Primitive.Empty>) {
  return <Primitive.Empty className={cn("px-3 py-6 text-13 text-muted-foreground", className)} {...props} />;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      className={cn(
        "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      data-slot="command-item"
      className={cn(
        "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-3 text-13 select-none touch:min-h-11 data-[disabled=true]:text-muted-foreground data-[selected=true]:bg-accent [&_svg:not([class*=size-])]:size-4",
        className,
      )}
      {...props}
    />
  );
}
