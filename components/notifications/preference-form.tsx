"use client";

import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { Section } from "@/components/layout/section";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { SwitchRow } from "@/components/settings/switch-row";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type {
  NotificationPreferenceResponseWire,
  NotificationPreferenceWire,
} from "@/lib/contracts/notification";
import { useSaveNotificationPreference } from "@/lib/queries/notifications";
import { KindSwitches } from "./kind-switches";
import { riskChoices } from "./notice-words";

/** On or off, which kinds, from which risk on. Never more than the global settings tell. */
export function PreferenceForm({ read }: { read: NotificationPreferenceResponseWire }) {
  const [wanted, setWanted] = useState<NotificationPreferenceWire>(read.preference);
  const save = useSaveNotificationPreference();
  const announce = useAnnounce();
  const change = (part: Partial<NotificationPreferenceWire>) => setWanted((all) => ({ ...all, ...part }));
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(read.preference);
  return (
    <form
      className="flex max-w-130 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(wanted, { onSuccess: () => announce("Your notifications were saved.") });
      }}
    >
      {read.mail_configured ? null : (
        <Alert title="No e-mail is sent from here.">
          This host names no mail server; what you choose holds once it does.
        </Alert>
      )}
      <Section title="By e-mail">
        <SwitchRow
          label="Tell me by e-mail"
          help={`To ${read.address}: counts, ids and links, never a word of a report. Several at once come as one message.`}
          checked={wanted.email}
          onChange={(email) => change({ email })}
        />
      </Section>
      <Section title="What you are told of">
        <KindSwitches kinds={wanted.kinds} onChange={(kinds) => change({ kinds })} disabled={!wanted.email} />
      </Section>
      <ChoiceSelect
        label="Risk"
        value={wanted.minimum_risk}
        options={riskChoices}
        onChange={(minimum_risk) => change({ minimum_risk })}
      />
      {save.isError ? (
        <ActionFailure what="Not saved." error={save.error} next="Your choices stay here; try again." />
      ) : null}
      <Button
        type="submit"
        variant={isChanged ? "default" : "outline"}
        className="w-fit"
        pending={save.isPending}
        disabled={!isChanged}
      >
        Save
      </Button>
    </form>
  );
}
