import type { Role } from "@/lib/domain/actor";
import {
  type NoticeKind,
  type NotificationPreference,
  type NotificationSettings,
  preferenceDefaults,
} from "@/lib/domain/notification";
import type { Database } from "./client";
import { count, json, list, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export async function loadNotificationSettings(db: Database): Promise<NotificationSettings> {
  const row = await db.prisma.notificationSettings.findUniqueOrThrow({ where: { id: 1 } });
  return {
    enabled: row.enabled,
    kinds: row.kinds as NoticeKind[],
    riskRankMin: row.riskRankMin,
    intervalMinutes: row.intervalMinutes,
    webhookDestinationId: row.webhookDestinationId,
    version: row.version,
    updatedAtMs: row.updatedAt.getTime(),
  };
}

/** Over exactly the version that was read; false when somebody was first. */
export async function saveNotificationSettings(
  tx: Transaction,
  settings: Omit<NotificationSettings, "version" | "updatedAtMs">,
  fromVersion: number,
  at: Date,
): Promise<boolean> {
  const moved = await tx.notificationSettings.updateMany({
    where: { id: 1, version: fromVersion },
    data: { ...settings, updatedAt: at, version: fromVersion + 1 },
  });
  return moved.count === 1;
}

export async function loadNotificationPreference(
  db: Database,
  userId: string,
): Promise<NotificationPreference> {
  const row = await db.prisma.notificationPreference.findUnique({ where: { userId } });
  if (!row) return preferenceDefaults;
  return { email: row.email, kinds: row.kinds as NoticeKind[], riskRankMin: row.riskRankMin };
}

export async function saveNotificationPreference(
  tx: Transaction,
  userId: string,
  preference: NotificationPreference,
  at: Date,
): Promise<void> {
  const values = { ...preference, updatedAt: at };
  await tx.notificationPreference.upsert({
    where: { userId },
    create: { userId, ...values },
    update: values,
  });
}

/** Somebody who may sign in, with what they want to be told and how far they were. */
export type NotifiablePerson = {
  userId: string;
  name: string;
  email: string;
  role: Role | null;
  projectRoles: Record<string, Role>;
  preference: NotificationPreference;
};

export async function listNotifiablePeople(db: Database): Promise<NotifiablePerson[]> {
  const { rows } = await db.pool.query({
    name: "notifiable-people",
    text: `SELECT u.id, u.name, u.email, u.role, p.email AS wants_email, p.kinds, p.risk_rank_min,
        COALESCE((SELECT jsonb_object_agg(r.project_id, r.role) FROM user_project_roles r WHERE r.user_id = u.id),
          '{}'::jsonb) AS project_roles
      FROM users u LEFT JOIN notification_preferences p ON p.user_id = u.id
      WHERE u.disabled_at IS NULL ORDER BY u.id LIMIT 5000`,
  });
  return rows.map((row) => ({
    userId: text(row.id),
    name: text(row.name),
    email: text(row.email),
    role: textOrNull(row.role) as Role | null,
    projectRoles: json(row.project_roles),
    preference:
      row.wants_email === null
        ? preferenceDefaults
        : {
            email: row.wants_email === true,
            kinds: list(row.kinds) as NoticeKind[],
            riskRankMin: count(row.risk_rank_min),
          },
  }));
}

export type RecipientStanding = { toldUntil: number; lastMessageAtMs: number | null };

export async function listRecipientStandings(db: Database): Promise<Map<string, RecipientStanding>> {
  const { rows } = await db.pool.query(
    "SELECT key, told_until, last_message_at FROM notification_recipients",
  );
  const standing = (row: Row) => ({
    toldUntil: count(row.told_until),
    lastMessageAtMs: msOrNull(row.last_message_at),
  });
  return new Map(rows.map((row) => [text(row.key), standing(row)]));
}

/** Away from exactly how far it was told; false when another process was first. `messageAt` null keeps the last one's time. */
export async function moveRecipient(
  tx: Transaction,
  key: string,
  from: number,
  to: number,
  messageAt: Date | null,
): Promise<boolean> {
  const moved = await tx.$executeRaw`
    INSERT INTO notification_recipients AS r (key, told_until, last_message_at) VALUES (${key}, ${to}, ${messageAt})
    ON CONFLICT (key) DO UPDATE SET told_until = ${to}, last_message_at = COALESCE(${messageAt}, r.last_message_at)
    WHERE r.told_until = ${from}`;
  return moved === 1;
}
