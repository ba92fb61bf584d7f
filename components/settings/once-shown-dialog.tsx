"use client";

import type { ReactNode } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useReturnFocus } from "./use-return-focus";

type OnceShownDialogProps = {
  /** Is the secret shown? Then nothing but saying "stored" closes the dialog. */
  shown: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** Around the form that makes a key or a token, and what then shows it, once. */
export function OnceShownDialog({ shown, onClose, children }: OnceShownDialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog open onOpenChange={(open) => !open && !shown && onClose()}>
      <DialogContent
        {...returnFocus}
        size={shown ? "lg" : "sm"}
        // The corner cross would be a control without effect here.
        className={shown ? "[&>button:last-child]:hidden" : undefined}
      >
        {children}
      </DialogContent>
    </Dialog>
  );
}
