import { isWithin, narrowDoors, type Room, rooms } from "./rooms";
import type { ResolvedImport, SourceFile } from "./source-files";

/** Every import that the table does not allow, as `importer -> imported: why`. */
export function importViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !file.isTest)
    .flatMap((file) => file.imports.flatMap((each) => violationsOf(file, each)));
}

/** Source under lib, app and components that no room holds: a new room needs its row in the table first. */
export function roomless(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !file.isTest && /^(?:lib|app|components)\//.test(file.path) && !roomOf(file.path))
    .map((file) => file.path);
}

export const roomOf = (path: string): Room | undefined => rooms.find((room) => room.holds(path));

function violationsOf(file: SourceFile, each: ResolvedImport): string[] {
  const room = roomOf(file.path);
  const found: string[] = [];
  if (each.path === null) {
    if (room && !mayUsePackage(room, each.specifier)) found.push(`a package ${room.name} may not use`);
  } else {
    const path = each.path;
    const door = narrowDoors.find((each) => isWithin(path, each.path));
    if (door && !door.openTo.test(file.path)) found.push(`${door.path} is open to few`);
    if (room && !mayImport(room, path, each.typeOnly)) found.push(`${room.name} may not`);
  }
  return found.map((why) => `${file.path} -> ${each.path ?? each.specifier}: ${why}`);
}

function mayUsePackage(room: Room, specifier: string): boolean {
  if (room.packages) return room.packages.test(specifier);
  return !room.neverPackages?.test(specifier);
}

function mayImport(room: Room, path: string, typeOnly: boolean): boolean {
  // A room imports itself; `holds` wants a file's name, so the extensions it may have are tried.
  if ([".ts", ".tsx", "/index.ts"].some((extension) => roomOf(path + extension) === room)) return true;
  if (room.mayImport.some((prefix) => isWithin(path, prefix))) return true;
  return typeOnly && (room.mayImportTypesOf ?? []).some((prefix) => isWithin(path, prefix));
}
