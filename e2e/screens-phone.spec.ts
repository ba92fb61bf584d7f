import { everyScreen } from "./support/every-screen";

everyScreen("phone");
