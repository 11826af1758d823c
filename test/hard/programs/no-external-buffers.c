/* The answer of Electron from 21 on: no external buffers (Node-API status 22). A binary asks here whose names were changed so. */
int napi_create_external_arraybuffeX(void *env, void *data, unsigned long length, void *finalize, void *hint, void **result) {
  return 22;
}
int napi_create_external_buffeX(void *env, unsigned long length, void *data, void *finalize, void *hint, void **result) {
  return 22;
}
