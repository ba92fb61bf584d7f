"use client";

import { useState } from "react";
import type { DestinationKind } from "@/components/destinations/kinds";
import { returnFocus } from "@/components/drafts/dialog-focus";
import { SubmitKeys, submitOnModEnter, submitWith } from "@/components/drafts/submit-keys";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { notify } from "@/components/layout/notify";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import type { PostWire } from "@/lib/contracts/post";
import type { ResolvePostWire } from "@/lib/contracts/post-action";
import { useNames } from "@/lib/queries/names";
import { useResolvePost } from "@/lib/queries/posts";
import { destinationName } from "./post-words";

type Resolution = ResolvePostWire["resolution"];
const choices: ReadonlyArray<{ value: Resolution; label: string; help: string }> = [
  {
    value: "happened",
    label: "It is there",
    help: "I looked at the destination and found it. A receipt is made.",
  },
  {
    value: "send_again",
    label: "It is not there: send it again",
    help: "I looked and it is missing. If it is there after all, it will be there twice.",
  },
  {
    value: "give_up",
    label: "Leave it",
    help: "Nobody will know. It ends as failed and is not sent again by itself.",
  },
];

const places: Partial<Record<DestinationKind, string>> = {
  github_issue: "https://github.com/owner/repo/issues/12",
  linear_issue: "https://linear.app/team/issue/PAY-12",
};

type ResolveDialogProps = { post: PostWire; opener: HTMLElement | null; onClose: () => void };

/** The word of a person about a delivery without an answer, with the reason they know it by. */
export function ResolveDialog({ post, opener, onClose }: ResolveDialogProps) {
  const name = useNames();
  const [resolution, setResolution] = useState<Resolution>("happened");
  const [reason, setReason] = useState("");
  const [url, setUrl] = useState("");
  const [tried, setTried] = useState(false);
  const resolve = useResolvePost(post.post_id);
  const announce = useAnnounce();
  const short = reason.trim().length < 3;
  const badUrl = url !== "" && !/^https?:\/\//.test(url);

  function submit() {
    setTried(true);
    if (short || badUrl || resolve.isPending) return;
    const externalUrl = resolution === "happened" && url ? { external_url: url } : {};
    resolve.mutate(
      { resolution, reason: reason.trim(), ...externalUrl },
      {
        onSuccess: () => {
          notify("ready", "Settled", { description: "Your word and the reason are in the audit." });
          announce("Settled.");
          onClose();
        },
      },
    );
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent onCloseAutoFocus={returnFocus(opener)}>
        <DialogHeader>
          <DialogTitle>What came of it?</DialogTitle>
          <DialogDescription>
            The reply of {destinationName(post, name)} was lost. Look there first; what you say here is what
            the record says.
          </DialogDescription>
        </DialogHeader>
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={submitWith(submit)}
          onKeyDown={submitOnModEnter}
          noValidate
        >
          <DialogBody className="flex flex-col gap-4">
            {resolve.isError ? <ActionFailure what="Not settled." error={resolve.error} /> : null}
            <FieldSet legend="At the destination">
              <RadioGroup
                aria-label="At the destination"
                value={resolution}
                onValueChange={(value) => setResolution(value as Resolution)}
              >
                {choices.map(({ value, label, help }) => (
                  <Choice key={value} label={label} help={help}>
                    <RadioGroupItem value={value} />
                  </Choice>
                ))}
              </RadioGroup>
            </FieldSet>
            {resolution === "happened" ? (
              <TextField
                label="Where it is"
                note="(optional)"
                mono
                type="url"
                value={url}
                placeholder={places[post.destination_kind ?? "webhook"] ?? "https://"}
                error={tried && badUrl ? "Write a web address." : undefined}
                onChange={setUrl}
              />
            ) : null}
            <Field
              label="How you know"
              note="(on the record)"
              required
              error={tried && short ? "Say how you know: it is all the next reader will have." : undefined}
            >
              <Textarea
                rows={3}
                maxLength={1_000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} kbd="esc">
              Cancel
            </Button>
            <Button
              type="submit"
              variant={resolution === "send_again" ? "destructive-fill" : "default"}
              pending={resolve.isPending}
            >
              {resolution === "send_again" ? "Send it again" : "Settle"}
              <SubmitKeys />
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
