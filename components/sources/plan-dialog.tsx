"use client";

import type { ReactNode } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { useReturnFocus } from "@/components/settings/use-return-focus";
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

type PlanDialogProps = {
  title: string;
  description: ReactNode;
  /** What it would do; undefined while that is being found out. */
  children: ReactNode;
  /** The plan is not there yet. */
  loading: boolean;
  /** Why there is no plan, or why it was not done. */
  error: Error | null;
  confirm: string;
  /** It may be done: the plan is there and says so. */
  ready: boolean;
  pending: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/** Says what will happen, from a dry run, before it does. Cancel is first and is what Escape does. */
export function PlanDialog(props: PlanDialogProps) {
  const { title, description, children, loading, error, confirm, ready, pending, onConfirm, onClose } = props;
  const returnFocus = useReturnFocus();
  return (
    <Dialog open onOpenChange={(open) => open || pending || onClose()}>
      <DialogContent size="md" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{description}</DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-4">
          {error ? <Refused error={error} /> : null}
          {loading ? (
            <>
              <p className="text-muted-foreground">Finding out what it would do…</p>
              <LoadingRows what="the plan" count={2} />
            </>
          ) : (
            children
          )}
        </DialogBody>
        <DialogFooter>
          <DialogFootnote>Recorded with your name.</DialogFootnote>
          <DialogClose asChild>
            <Button disabled={pending}>Cancel</Button>
          </DialogClose>
          <Button variant="default" disabled={!ready} pending={pending} onClick={onConfirm}>
            {confirm}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Refused({ error }: { error: Error }) {
  if (!(error instanceof ApiError)) {
    return <ErrorState what="Nothing was done." why="Something went wrong in this page." />;
  }
  const { error: why, detail, request_id } = error.problem;
  return (
    <ErrorState
      what="Nothing was done."
      why={[why, typeof detail === "string" ? detail : ""].filter(Boolean).map(sentence).join(" ")}
      next={error.status === 403 ? "An admin can do this." : undefined}
      requestId={request_id}
    />
  );
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
