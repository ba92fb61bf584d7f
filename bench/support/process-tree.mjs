import { readdirSync, readFileSync } from "node:fs";

// Linux only: elsewhere there is no /proc and the figures read as null.
const ticksPerSecond = 100;
const pageBytes = 4_096;

/** What a server process and its database have used so far: CPU seconds of each, and their resident memory, MiB. */
export function readProcessTree(pid) {
  try {
    const own = statOf(pid);
    const children = readdirSync("/proc").flatMap((name) => {
      const stat = /^\d+$/.test(name) ? statOf(name) : null;
      return stat ? [stat] : [];
    });
    const database = new Set();
    const collect = (parent) => {
      for (const each of children) {
        if (each.parent !== parent) continue;
        database.add(each);
        collect(each.pid);
      }
    };
    collect(own.pid);
    return {
      serverCpuS: own.cpuS,
      // What has ended counts as its parent's.
      databaseCpuS: [...database].reduce((sum, each) => sum + each.cpuS + each.endedCpuS, 0),
      serverRssMiB: own.rssMiB,
    };
  } catch {
    return null;
  }
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const at = (field) => Number(rest[field - 5]);
    return {
      pid: Number(pid),
      state,
      parent: Number(parent),
      cpuS: (at(14) + at(15)) / ticksPerSecond,
      endedCpuS: (at(16) + at(17)) / ticksPerSecond,
      rssMiB: (at(24) * pageBytes) / 2 ** 20,
    };
  } catch {
    return null;
  }
}
