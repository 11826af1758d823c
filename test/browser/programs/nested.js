globalThis.result = new Promise((resolve, reject) => {
  const worker = new Worker("./nested-worker.js", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
});
