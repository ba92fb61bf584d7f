"use client";

import { AlertDialog as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { dialogFrame } from "./dialog";
import { RememberOpener, useFocusReturn } from "./focus-return";
import { overlayClass } from "./overlay-motion";

export function AlertDialog(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root {...props} />;
}

export function AlertDialogTrigger(props: ComponentProps<typeof Primitive.Trigger>) {
  return <Primitive.Trigger data-slot="alert-dialog-trigger" {...props} />;
}

/** Asks before something is lost. A click beside it changes nothing; Escape cancels. */
export function AlertDialogContent({
  className,
  children,
  onCloseAutoFocus,
  ...props
}: ComponentProps<typeof Primitive.Content>) {
  const focus = useFocusReturn(onCloseAutoFocus);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClass} />
      <Primitive.Content
        data-slot="alert-dialog-content"
        className={cn(dialogFrame, "sm:w-110", className)}
        onCloseAutoFocus={focus.onCloseAutoFocus}
        {...props}
      >
        <RememberOpener opener={focus.opener} />
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export function AlertDialogBody({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn("relative flex flex-col gap-2 overflow-y-auto px-4 py-4 sm:px-5", className)}
      {...props}
    />
  );
}

export function AlertDialogTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return <Primitive.Title className={cn("text-16 font-semibold", className)} {...props} />;
}

export function AlertDialogDescription({
  className,
  ...props
}: ComponentProps<typeof Primitive.Description>) {
  return <Primitive.Description className={cn("text-13 text-muted-foreground", className)} {...props} />;
}

/** `variant="destructive-fill"` on the action when something is destroyed. */
export function AlertDialogAction(props: ButtonProps) {
  return (
    <Primitive.Action asChild>
      <Button variant="default" {...props} />
    </Primitive.Action>
  );
}

export function AlertDialogCancel({ children = "Cancel", ...props }: ButtonProps) {
  return (
    <Primitive.Cancel asChild>
      <Button {...props}>{children}</Button>
    </Primitive.Cancel>
  );
}
