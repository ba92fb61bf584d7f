"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { NumberField } from "@/components/settings/number-field";
import { SwitchRow } from "@/components/settings/switch-row";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { NotificationSettingsWire, NotificationsWire } from "@/lib/contracts/notification";
import { notificationsQuery, useSaveNotificationSettings } from "@/lib/queries/notifications";
import { KindSwitches } from "./kind-switches";
import { LastMessages } from "./last-messages";
import { riskChoices } from "./notice-words";

/** What is told outside the panel, for everybody. Saved by itself: it is no part of the configuration's versions. */
export function NotificationRules({ canEdit }: { canEdit: boolean }) {
  // Only those who may configure may read it: the last messages name people.
  const query = useQuery({ ...notificationsQuery(), enabled: canEdit });
  return (
    <Section title="Notifications">
      <p className="text-muted-foreground">
        Told by e-mail and by signed webhook: counts, ids, risk and project, with a link that opens once for
        whoever got it. Never a word of a report.
      </p>
      {!canEdit ? (
        <p className="text-muted-foreground">Admins see and change what is told.</p>
      ) : query.data ? (
        <RulesForm key={query.data.settings.version} read={query.data} />
      ) : query.isError ? (
        <QueryFailure
          error={query.error}
          what="The notifications"
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : null}
    </Section>
  );
}

const noWebhook = "none";

function RulesForm({ read }: { read: NotificationsWire }) {
  const [wanted, setWanted] = useState<NotificationSettingsWire>(read.settings);
  const save = useSaveNotificationSettings();
  const announce = useAnnounce();
  const change = (part: Partial<NotificationSettingsWire>) => setWanted((all) => ({ ...all, ...part }));
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(read.settings);
  const minutes = wanted.interval_minutes;
  const isSound = minutes >= 1 && minutes <= 1440;
  const hasChannel = Boolean(read.mail_host) || read.settings.webhook_destination_id !== null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSound) save.mutate(wanted, { onSuccess: () => announce("The notifications were saved.") });
      }}
    >
      {hasChannel ? null : (
        <Alert title="Nothing is sent now.">
          This host names no mail server (INCIDENT_MONITOR_SMTP_URL) and no webhook is chosen.
        </Alert>
      )}
      <SwitchRow
        label="Tell people outside the panel"
        help={read.mail_host ? `By e-mail over ${read.mail_host}, to those who may decide.` : undefined}
        checked={wanted.enabled}
        onChange={(enabled) => change({ enabled })}
      />
      <KindSwitches kinds={wanted.kinds} onChange={(kinds) => change({ kinds })} disabled={!wanted.enabled} />
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceSelect
          label="Risk"
          value={wanted.minimum_risk}
          options={riskChoices}
          onChange={(minimum_risk) => change({ minimum_risk })}
        />
        <NumberField
          label="At most one message in"
          unit="min"
          min={1}
          max={1440}
          value={minutes === 0 ? undefined : minutes}
          onChange={(next) => change({ interval_minutes: next ?? 0 })}
          help="What comes meanwhile is in the next one."
        />
      </div>
      <ChoiceSelect
        label="Webhook as well"
        help="Signed, under the rules of that destination."
        value={wanted.webhook_destination_id ?? noWebhook}
        options={[
          { value: noWebhook, label: "None" },
          ...read.webhooks.map((row) => ({
            value: row.destination_id,
            label: row.name || row.destination_id,
          })),
        ]}
        onChange={(id) => change({ webhook_destination_id: id === noWebhook ? null : id })}
      />
      {save.isError ? (
        <ActionFailure what="Not saved." error={save.error} next="Your choices stay here; try again." />
      ) : null}
      <Button type="submit" className="w-fit" pending={save.isPending} disabled={!isChanged || !isSound}>
        Save notifications
      </Button>
      <LastMessages messages={read.messages} />
    </form>
  );
}
