"use client";

import { Braces } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { notify } from "@/components/layout/notify";
import { SaveBar } from "@/components/layout/save-bar";
import { Button } from "@/components/ui/button";
import { usePatchConfig } from "@/lib/queries/config";
import { configApiCall } from "./api-call";
import type { ConfigKey } from "./config-section";
import { describeConfig } from "./describe-config";
import { countChanges, describeChanges } from "./described";
import { isOldNews } from "./issue-paths";
import { ReviewDialog } from "./review-dialog";
import { SaveConflict } from "./save-conflict";
import { about, errorRemark, saveRemark } from "./save-remark";
import { sectionsOf } from "./sections";
import { StaleEditBanner } from "./stale-edit-banner";
import { UnsavedGuard } from "./unsaved-guard";
import type { LiveCheck } from "./use-config-check";
import type { ConfigDraft } from "./use-config-draft";
import { useLastSaver } from "./use-last-saver";
import { plural } from "./words";

const JsonDialog = dynamic(() => import("./json-dialog"), { ssr: false });

type SettingsSaveProps<K extends ConfigKey> = {
  draft: ConfigDraft<K>;
  check: LiveCheck;
  /** Readers have no bar: the notice at the top says why. */
  canEdit: boolean;
  /** Said at the left while there is nothing more urgent. */
  remark?: ReactNode;
  extra?: ReactNode;
  /** A phone shows the bar although nothing is unsaved: for `extra`. */
  keepOnPhone?: boolean;
  /** Something else opens the review too: what finished a wizard. */
  review?: { open: boolean; onOpenChange: (open: boolean) => void };
  onSaved?: () => void;
};

/** The foot of a settings page: what is unsaved, its review, the save, and what happens when two people save at once. */
export function SettingsSave<K extends ConfigKey>(props: SettingsSaveProps<K>) {
  const { draft, check, canEdit, remark, extra, keepOnPhone, onSaved } = props;
  const [opened, setOpened] = useState(false);
  const { open: reviewing, onOpenChange: setReviewing } = props.review ?? {
    open: opened,
    onOpenChange: setOpened,
  };
  const [comparing, setComparing] = useState(false);
  const [writing, setWriting] = useState(false);
  const save = usePatchConfig();
  const saver = useLastSaver(draft.theirs !== null);
  const announce = useAnnounce();
  const changes = describeChanges(
    describeConfig(draft.base),
    describeConfig({ ...draft.base, ...draft.value }),
  );
  const changeWords = plural(Math.max(1, countChanges(changes)), "change");
  const errors = check.errors.length;
  const title = sectionsOf(Object.keys(draft.value))[0]?.title ?? "Settings";
  // What other pages have to say is theirs to show.
  const warnings = about(check.warnings, draft.patch).filter(
    (issue) => !isOldNews(issue.path, draft.value, draft.base),
  );

  function saveNow() {
    const request = { patch: draft.patch, expectedUpdatedAtMs: draft.base.updated_at_ms };
    save.mutate(request, {
      onSuccess: (saved) => {
        setReviewing(false);
        draft.discard();
        announce(`Saved ${changeWords}.`);
        const left = about(saved.warnings, draft.patch).length;
        const description = left > 0 ? `${plural(left, "warning")} to look at.` : undefined;
        notify("approved", `Saved ${changeWords}`, { description });
        onSaved?.();
      },
    });
  }

  function discard() {
    const undo = draft.discard();
    notify("cancelled", `Discarded ${changeWords}`, { action: { label: "Undo", onClick: undo } });
  }

  const open = () => {
    save.reset();
    if (draft.theirs) setComparing(true);
    else setReviewing(true);
  };
  if (!canEdit) return null;
  return (
    <>
      {draft.theirs ? (
        <StaleEditBanner
          saver={saver}
          savedAtMs={draft.theirs.updated_at_ms}
          onCompare={() => setComparing(true)}
        />
      ) : null}
      <SaveBar
        changes={draft.dirty ? `${changeWords} not saved` : undefined}
        remark={
          errors > 0 ? errorRemark(check.errors, draft.value) : saveRemark(check, warnings.length, remark)
        }
        blocked={errors > 0}
        onSave={open}
        onDiscard={discard}
        extra={
          <>
            {extra}
            <Button
              variant="ghost"
              size="sm"
              // Beside a phone's keyboard there is no room to read JSON.
              className="font-normal text-muted-foreground max-md:hidden"
              onClick={() => setWriting(true)}
            >
              <Braces aria-hidden />
              As JSON
            </Button>
          </>
        }
        className={draft.dirty || keepOnPhone ? undefined : "max-md:hidden"}
      />
      <ReviewDialog
        open={reviewing && !draft.theirs}
        onOpenChange={setReviewing}
        changes={changes}
        changeWords={changeWords}
        warnings={warnings}
        section={draft.value}
        apiCall={() => configApiCall(location.origin, draft.patch, draft.base.updated_at_ms)}
        error={save.error}
        pending={save.isPending}
        onSave={saveNow}
      />
      <SaveConflict
        draft={draft}
        saver={saver}
        open={comparing || (reviewing && draft.theirs !== null)}
        onOpenChange={(next) => {
          setComparing(next);
          if (!next) setReviewing(false);
        }}
      />
      {writing ? (
        <JsonDialog
          title={title}
          value={{ ...draft.value }}
          base={draft.base}
          onUse={(section) => draft.update(() => section)}
          onClose={() => setWriting(false)}
        />
      ) : null}
      <UnsavedGuard dirty={draft.dirty} changes={changeWords} onDiscard={draft.discard} />
    </>
  );
}
