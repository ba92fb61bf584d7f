"use client";

import type { ReactNode } from "react";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogBody,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { DialogFooter } from "@/components/ui/dialog";
import { useReturnFocus } from "./use-return-focus";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What goes, what stays, whether it can be undone. */
  children: ReactNode;
  confirm: string;
  cancel?: string;
  destructive?: boolean;
  /** It cannot be done now; the children say why. */
  blocked?: boolean;
  onConfirm: () => void;
};

/** Asks before something is lost or stops. Cancel is first and is what Escape does. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    children,
    confirm,
    cancel,
    destructive = true,
    blocked,
    onConfirm,
  } = props;
  const returnFocus = useReturnFocus();
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent {...returnFocus}>
        <AlertDialogBody>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription asChild>
            <div className="flex flex-col gap-2">{children}</div>
          </AlertDialogDescription>
        </AlertDialogBody>
        <DialogFooter>
          <AlertDialogCancel>{blocked ? "Close" : cancel}</AlertDialogCancel>
          {blocked ? null : (
            <AlertDialogAction variant={destructive ? "destructive-fill" : "default"} onClick={onConfirm}>
              {confirm}
            </AlertDialogAction>
          )}
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
