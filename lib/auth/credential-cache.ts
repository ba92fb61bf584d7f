import type { Database } from "@/lib/db/client";
import type { SessionRecord } from "@/lib/db/session-store";
import type { Actor } from "@/lib/domain/actor";
import type { IntakeKey } from "@/lib/domain/intake-key";

type Entry<Value> = { value: Value; endsAtMs: number };

/**
 * What was found, for a moment. Nothing found is not remembered: a key made now works now. Callers that ask together
 * share one look-up, so an entry that ends under load costs one query.
 */
export class CredentialCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #pending = new Map<string, Promise<Value | null>>();
  readonly #ttlMs: number;
  readonly #sizeMax: number;

  constructor(ttlMs: number, sizeMax: number) {
    this.#ttlMs = ttlMs;
    this.#sizeMax = sizeMax;
  }

  async find(key: string, nowMs: number, load: () => Promise<Value | null>): Promise<Value | null> {
    const known = this.#entries.get(key);
    if (known && known.endsAtMs > nowMs) return known.value;
    const pending = this.#pending.get(key) ?? this.#load(key, nowMs, load);
    return pending;
  }

  /** Also what is being looked up now: an answer read before the change must not be kept after it. */
  forget(key: string): void {
    this.#entries.delete(key);
    this.#pending.delete(key);
  }

  #load(key: string, nowMs: number, load: () => Promise<Value | null>): Promise<Value | null> {
    const pending = load().then(
      (value) => {
        if (this.#pending.get(key) !== pending) return value;
        this.#pending.delete(key);
        if (value === null) this.#entries.delete(key);
        else this.#keep(key, { value, endsAtMs: nowMs + this.#ttlMs });
        return value;
      },
      (error: unknown) => {
        if (this.#pending.get(key) === pending) this.#pending.delete(key);
        throw error;
      },
    );
    this.#pending.set(key, pending);
    return pending;
  }

  #keep(key: string, entry: Entry<Value>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size <= this.#sizeMax) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

export type CachedToken = { actor: Actor; expiresAtMs: number | null; touchedAtMs: number };
export type CachedSession = { session: SessionRecord; actor: Actor; touchedAtMs: number };

type Caches = {
  tokens: CredentialCache<CachedToken>;
  sessions: CredentialCache<CachedSession>;
  intakeKeys: CredentialCache<IntakeKey>;
};

const slot = Symbol.for("incident-monitor.credentials");
type Holder = { [slot]?: WeakMap<Database, Caches> };

/** One set a process and database: server.ts and Next are bundled apart, and a sign-out in one must be heard in both. */
export function credentialCaches(db: Database): Caches {
  const holder = globalThis as Holder;
  holder[slot] ??= new WeakMap();
  const known = holder[slot].get(db);
  if (known) return known;
  const caches: Caches = {
    tokens: new CredentialCache(5_000, 2_000),
    sessions: new CredentialCache(5_000, 2_000),
    intakeKeys: new CredentialCache(2_000, 5_000),
  };
  holder[slot].set(db, caches);
  return caches;
}

/** To be called when a change of topic `key` or `access` is heard: what was disabled elsewhere stops at once. */
export function clearCredentialCaches(): void {
  (globalThis as Holder)[slot] = new WeakMap();
}

/** For what changes who may do what: remembered here it has ended before its answer is given. */
export async function endingCredentials<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    clearCredentialCaches();
  }
}
