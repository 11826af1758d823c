using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);

const worker :Workerd.Worker = (
  modules = [
    (name = "bundle/handler.js", esModule = embed "bundle/handler.js"),
    (name = "pi.wasm", wasm = embed "node_modules/compute-pi-rs/dist/pi.wasm"),
    (name = "pi-relaxed.wasm", wasm = embed "node_modules/compute-pi-rs/dist/pi-relaxed.wasm"),
  ],
  compatibilityDate = "2026-11-01",
);
