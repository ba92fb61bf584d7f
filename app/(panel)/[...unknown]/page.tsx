import { notFound } from "next/navigation";

/** What no other page answers to: said inside the shell, so that whoever took a wrong turn still has the way on. */
export default function Page(): never {
  notFound();
}
