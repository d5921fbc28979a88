//! The packets of Engine.IO 4 and Socket.IO 5 as text.
