"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useNames } from "@/lib/queries/names";
import { ApproveForm } from "./approve-form";
import { focusFirstField, returnFocus } from "./dialog-focus";
import { DialogHead } from "./dialog-head";
import type { DecisionDialogProps } from "./draft-dialogs";
import { defaultChoice } from "./draft-standing";
import { counted } from "./draft-words";

/** Where, why and by which rule left of the gate; the payloads right of it. */
export default function ApproveDialog(props: DecisionDialogProps) {
  const { shown, onClose, opener } = props;
  const name = useNames();
  const payloads = counted(defaultChoice(shown).length, "payload");
  const { project_id: project, component } = shown.draft;
  const what = project ? name.project(project) : component;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="xl" onOpenAutoFocus={focusFirstField} onCloseAutoFocus={returnFocus(opener)}>
        <DialogHead
          draft={shown.draft}
          title={what ? `Approve ${payloads} for ${what}` : `Approve ${payloads}`}
          description={
            shown.approval.quorum.missing > 1
              ? "Your approval is one of several: the gate opens once enough people have approved exactly these payloads."
              : shown.publish_on_approval
                ? "Approving opens the gate for exactly these payloads and sends them at once."
                : "Approving opens the gate for exactly these payloads. Nothing is sent until someone publishes."
          }
        />
        <ApproveForm key={shown.digest} {...props} />
      </DialogContent>
    </Dialog>
  );
}
