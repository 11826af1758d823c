//! Keeps the addon in memory on Windows, where no link option does it; the one for Linux is the addon's to give.
//!
//! Node.js unloads an addon when the last worker thread that loaded it ends. The threads of
//! [`crate::Pool`] live longer, and would go on in memory that holds their code no more.

/// Asks Windows never to unload this library.
#[cfg(windows)]
pub fn stay_mapped() -> std::io::Result<()> {
    use std::ffi::c_void;
    use std::ptr::null_mut;

    windows_link::link!("kernel32.dll" "system" fn GetModuleHandleExW(flags: u32, module_name: *const u16, module: *mut *mut c_void) -> i32);
    const PIN: u32 = 1;
    const FROM_ADDRESS: u32 = 4;

    let here = stay_mapped as *const () as *const u16;
    let mut module = null_mut();
    // SAFETY: with FROM_ADDRESS, the name is any address inside a loaded library, as a function of this
    // one is, and is not read; the handle is written to a variable that lives until the call returns.
    if unsafe { GetModuleHandleExW(PIN | FROM_ADDRESS, here, &raw mut module) } == 0 {
        return Err(std::io::Error::last_os_error());
    }
    Ok(())
}

/// The linker has seen to it.
#[cfg(not(windows))]
pub fn stay_mapped() -> std::io::Result<()> {
    Ok(())
}
