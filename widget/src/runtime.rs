//! What a module without `std` brings itself: an allocator and an end for what cannot happen.

use lol_alloc::{FreeListAllocator, LockedAllocator};

/// Drawing allocates nothing; wasm-bindgen wants an allocator to be there. This one is the smallest.
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> = LockedAllocator::new(FreeListAllocator::new());

/// Stops the module; the element catches the trap and keeps its fallback link.
#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
