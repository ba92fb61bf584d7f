"use client";

import type { FormEvent, ReactNode } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { ApiError } from "@/lib/queries/api-error";

type IncidentDialogProps = {
  title: string;
  description: ReactNode;
  /** What the button that does it says. */
  action: string;
  footnote?: ReactNode;
  size?: "sm" | "md" | "lg";
  ready: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A form about one incident: refusals stand above it, what was typed stays. */
export function IncidentDialog(props: IncidentDialogProps) {
  const { title, description, action, footnote, size = "md", ready, pending, error, children } = props;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready && !pending) props.onSubmit();
  }
  return (
    <Dialog open onOpenChange={(open) => open || props.onClose()}>
      <DialogContent size={size}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{description}</DialogDescription>
        </DialogHeader>
        <form className="flex min-h-0 flex-1 flex-col" noValidate onSubmit={submit}>
          <DialogBody className="flex flex-col gap-4">
            {error ? <Refusal error={error} /> : null}
            {children}
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>{footnote ?? "Recorded with your name."}</DialogFootnote>
            <DialogClose asChild>
              <Button kbd="esc">Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="default" disabled={!ready} pending={pending}>
              {action}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function Refusal({ error }: { error: Error }) {
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <ErrorState
      what="Nothing was changed."
      why={problem ? `${problem.error}.`.replace(/\.\.$/, ".") : "Something went wrong in this page."}
      next="What you chose stays here; mend it, or try again."
      requestId={problem?.request_id}
    />
  );
}
