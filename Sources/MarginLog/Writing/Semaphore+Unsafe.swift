import CMarginLog
import Glibc

/// A counting semaphore of the operating system: how the writer thread sleeps and is woken.
// SAFETY: the pointer is made in init, freed in deinit, and passed to nothing but the system's functions on it.
// ISOLATION: the handle never changes, and the system's functions on it are safe from any thread.
@safe final class Semaphore: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<sem_t>

    init() {
        // SAFETY: the allocation lives as long as this object, and its address never changes.
        unsafe handle = .allocate(capacity: 1)
        unsafe handle.initialize(to: sem_t())
        unsafe sem_init(handle, 0, 0)
    }

    deinit {
        // SAFETY: nobody waits on a semaphore that nobody references.
        unsafe sem_destroy(handle)
        unsafe handle.deallocate()
    }

    /// Lets one waiting, or the next, caller of ``wait()`` pass.
    func post() {
        // SAFETY: initialised in init, valid until deinit.
        unsafe sem_post(handle)
    }

    /// Blocks until posted.
    func wait() {
        // SAFETY: as in post. The only other error of sem_wait is a bad handle.
        while unsafe sem_wait(handle) != 0 {}
    }

    /// Blocks until posted or until the time has passed; false if it has.
    func wait(milliseconds: Int) -> Bool {
        // SAFETY: as in post.
        unsafe margin_log_semaphore_wait(handle, milliseconds) == 0
    }
}
