"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { LockedAction } from "@/components/layout/locked-action";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { Button } from "@/components/ui/button";
import { useSubmitReport } from "@/lib/queries/reports";
import { usePermission } from "@/lib/queries/session";
import { ReportDialog } from "./report-dialog";
import { emptyReport, type ReportForm, reportFormSchema } from "./report-form";

type NewReportProps = {
  label?: string;
  /** Filled in to begin with: what a blocked incident already says. */
  start?: Partial<ReportForm>;
  /** The key that opens it; none where another one on the page has it. */
  hotkey?: string;
  onFiled?: () => void;
};

/** The button, its key `n` and the dialog. What was typed outlives a closed dialog. */
export function NewReport({ label = "New report", start, hotkey = "n", onFiled }: NewReportProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const submit = useSubmitReport();
  const form = useForm<ReportForm>({
    resolver: zodResolver(reportFormSchema),
    defaultValues: { ...emptyReport, ...start },
  });
  const permission = usePermission("report");
  useShortcuts(
    hotkey
      ? [{ keys: hotkey, label, group: "Reports", run: () => setOpen(true), disabled: !permission.allowed }]
      : [],
  );
  if (!permission.allowed && permission.known) {
    return (
      <LockedAction quiet size="sm" unlocks="Filing a report needs the triager, approver or admin role.">
        {label}
      </LockedAction>
    );
  }
  return (
    <>
      <Button
        ref={button}
        size="sm"
        className="touch:h-11 touch:min-w-11"
        disabled={!permission.allowed}
        onClick={() => setOpen(true)}
      >
        <Plus aria-hidden />
        <span className="max-sm:sr-only">{label}</span>
      </Button>
      <ReportDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next && submit.data) submit.reset();
        }}
        form={form}
        submit={submit}
        onFiled={onFiled}
        returnFocusTo={button}
      />
    </>
  );
}
