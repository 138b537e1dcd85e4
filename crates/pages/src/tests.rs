//! The application asked as a browser asks it: with cookies, forms and redirects.

mod accounts_pages;
mod api;
mod bench;
mod bodies;
mod cases;
mod every_page;
mod forms;
mod management;
mod names;
mod scripts;
mod security;
mod signing_in;
mod sources;
mod walk;
