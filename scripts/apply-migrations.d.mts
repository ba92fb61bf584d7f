export const migrationsFolder: string;
export function applyMigrations(databaseUrl: string, folder?: string): Promise<string[]>;
export function readMigrations(folder: string): { name: string; sql: string; checksum: string }[];
