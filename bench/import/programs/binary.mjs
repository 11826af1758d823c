import { native } from "compute-pi-rs";

native();

const { user, system } = process.cpuUsage();
console.log((user + system) / 1000);
