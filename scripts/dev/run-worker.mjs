import { pathToFileURL } from "node:url";

/** The worker bundle in a process of its own, so that a rebuilt one can take its place. */
const { startWorker } = await import(pathToFileURL(process.argv[2]).href);
const worker = await startWorker();
const stop = async () => {
  await worker.close();
  process.exit(0);
};
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
process.once("disconnect", stop); // the development command is gone
