import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { createDatabase, dropDatabase, urlOfDatabase } from "./databases.mjs";

const internalCharOid = 18;
const bpcharOid = 1042;

/** The driver adapter factory the schema engine works through, with what it misses for schema work put right. */
export function createAdapterFactory(url) {
  const factory = new PrismaPg({ connectionString: url });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => completeAdapter(await connect());
  factory.connectToShadowDb = async () => completeAdapter(await connectToShadowDatabase(url));
  return factory;
}

/**
 * The adapter's own version passes both a connection string and a database name; the string wins there, so shadow
 * migrations would run on the main database. Hence our own.
 */
async function connectToShadowDatabase(url) {
  const shadowUrl = urlOfDatabase(url, `prisma_migrate_shadow_db_${randomUUID()}`);
  await createDatabase(shadowUrl);
  const adapter = await new PrismaPg({ connectionString: shadowUrl }).connect();
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await dropDatabase(shadowUrl);
  };
  return adapter;
}

/** Which columns of the query in flight were of PostgreSQL's internal `"char"` type. */
const charColumns = new AsyncLocalStorage();

function completeAdapter(adapter) {
  supportInternalChar(adapter);
  sendScriptsWhole(adapter);
  if (adapter.startTransaction) {
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (...args) => completeAdapter(await startTransaction(...args));
  }
  return adapter;
}

/** The engine's catalogue queries return `"char"`, which the adapter cannot map: fetch it as bpchar, report Character. */
function supportInternalChar(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    for (const [index, field] of (result?.fields ?? []).entries()) {
      if (field.dataTypeID !== internalCharOid) continue;
      field.dataTypeID = bpcharOid;
      charColumns.getStore()?.push(index);
    }
    return result;
  };
  adapter.queryRaw = (query) =>
    charColumns.run([], async () => {
      const result = await queryRaw(query);
      for (const index of charColumns.getStore()) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    });
}

/** The adapter splits scripts at `;`, which breaks `$$` bodies and loses the implicit transaction. */
function sendScriptsWhole(adapter) {
  if (!adapter.executeScript || !adapter.client?.query) return;
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      if (!adapter.onError) throw error;
      adapter.onError(error);
    }
  };
}
