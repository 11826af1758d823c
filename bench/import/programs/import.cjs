require("compute-pi-rs");

const { user, system } = process.cpuUsage();
console.log((user + system) / 1000);
