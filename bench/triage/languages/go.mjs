import path from "node:path";
import { run } from "../repository.mjs";

/** One module with its packages under `internal`, `pkg` or at the root; built with or without the paths of the build. */
export const go = {
  name: "go",
  extension: ".go",
  runtimes: ["go"],

  layoutOf(random, project) {
    const root = random.pick(["internal/", "pkg/", ""]);
    const module = random.pick([`example.com/${project}`, `github.com/acme/${project}`, project]);
    return {
      ...{ root, module, packages: root === "" ? module : `${module}/${root.slice(0, -1)}` },
      entry: random.pick(["main.go", `cmd/${project}/main.go`]),
      trimmed: random.chance(0.4),
      style: random.pick(["panic", "panic", "recovered"]),
      deployedAt: random.pick([`/go/src/${project}`, "/build", `/home/ci/${project}`]),
    };
  },
  text: (text, layout) => text.replaceAll("MODULE/", `${layout.packages}/`),
  place: (at, layout) => (at.endsWith(".json") ? at : layout.root + at),

  frame(modules, layout) {
    const names = modules.map(({ name, run: at }) => ({ name, package: path.dirname(at) }));
    const imports = [...new Set([...names.map((each) => each.package), "config"])].sort();
    const jobs = names.map((each) => `\t{"${each.name}", ${each.package}.Run},`);
    return new Map([
      [
        layout.entry,
        `package main

import (
	"fmt"
	"os"
${layout.style === "recovered" ? '\t"runtime/debug"\n' : ""}
${imports.map((name) => `\t"${layout.packages}/${name}"`).join("\n")}
)

type job struct {
	name string
	run  func(*config.Settings) string
}

var jobs = []job{
${jobs.join("\n")}
}

${bodies[layout.style]}
`,
      ],
      ["go.mod", `module ${layout.module}\n\ngo 1.19\n`],
      [".gitignore", "/nightly\n/out/\n"],
    ]);
  },
  testOf({ name, run: at }, layout) {
    const folder = path.dirname(at);
    const inside = folder === "config" ? "" : `\n\t"${layout.packages}/config"\n`;
    const settings = `${folder === "config" ? "" : "config."}Load("${layout.root === "" ? "../" : "../../"}config/settings.json")`;
    return [
      `${layout.root}${folder}/${folder}_test.go`,
      `package ${folder}\n\nimport (\n\t"testing"\n${inside})\n\nfunc Test${name[0].toUpperCase()}${name.slice(1)}Runs(t *testing.T) {\n\tsettings, err := ${settings}\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif Run(settings) == "" {\n\t\tt.Fatal("nothing said")\n\t}\n}\n`,
    ];
  },

  async run(folder, layout) {
    const flags = layout.trimmed ? ["-trimpath"] : [];
    const env = { GOFLAGS: "-mod=mod", GOPROXY: "off", GO111MODULE: "on", CGO_ENABLED: "0" };
    const target = `./${path.dirname(layout.entry)}`;
    const built = await run("go", ["build", ...flags, "-o", "nightly", target], { cwd: folder, env });
    return built.code === 0 ? run("./nightly", [], { cwd: folder }) : built;
  },

  /** The first frame of the program's own below the panic itself. */
  frameOf({ stderr }, folder, layout) {
    const lines = stderr.split("\n");
    // Below `panic(...)` where the stack was taken by a recovering function.
    const start = lines.findLastIndex((line) => /^panic\(/.test(line)) + 1;
    const prefix = layout.trimmed ? `${layout.module}/` : `${folder}/`;
    for (const line of lines.slice(start)) {
      const [, file, number] = /^\t(\S+\.go):(\d+)(?: \+0x[0-9a-f]+)?$/.exec(line) ?? [];
      if (file?.startsWith(prefix))
        return { path: file.slice(prefix.length), line: Number(number), function: null };
    }
    return null;
  },
  titleOf({ stderr }) {
    return stderr.split("\n").find((line) => /^(?:panic: |job \w+ failed)/.test(line)) ?? "job failed";
  },
};

const bodies = {
  panic: `func main() {
	settings, err := config.Load("config/settings.json")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	for _, each := range jobs {
		fmt.Printf("INFO %s: %s\\n", each.name, each.run(settings))
	}
}`,
  recovered: `func runJob(each job, settings *config.Settings) (ok bool) {
	defer func() {
		if problem := recover(); problem != nil {
			fmt.Fprintf(os.Stderr, "job %s failed: %v\\n%s\\n", each.name, problem, debug.Stack())
		}
	}()
	fmt.Printf("INFO %s: %s\\n", each.name, each.run(settings))
	return true
}

func main() {
	settings, err := config.Load("config/settings.json")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	failed := 0
	for _, each := range jobs {
		if !runJob(each, settings) {
			failed++
		}
	}
	if failed > 0 {
		os.Exit(1)
	}
}`,
};
