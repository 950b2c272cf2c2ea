#pragma once

#include <string>
#include <string_view>

#include "mail/html/style.h"

namespace majlis::mail {

// A page as its readers see it: UTF-8, and the charset that is said to be its own ("" when none is).
struct HtmlPage {
  std::string_view text;
  std::string_view charset;
};

// Whether anything in the page does something when it is shown or clicked, or asks for input: scripts, event handlers,
// form controls, frames, objects, media, base, link, meta other than Content-Type, SVG and MathML, conditional
// comments, URLs of other schemes than http, https, mailto, ftp, tel, news, cid and mid, CSS that does more than look
// (style.h). Also whatever readers are known to take apart differently, and a charset in which '<' is hidden. With
// RemoteContent::remove what loads from elsewhere when the page is shown, too; links do not.
// Time and memory are proportional to the page.
bool is_active_page(const HtmlPage& page, RemoteContent remote);

// The page written anew in UTF-8, with <meta charset> saying so: text and those elements, attributes, URLs and
// declarations only that are known to be harmless (elements.h, link.h, style.h), so that all readers read the same:
// every element closed, every attribute quoted, no comment, no text that is read by other rules save a filtered style
// sheet. What is removed goes without a trace; the text that a reader sees stays, in order.
//
// Of what comes out nothing is active, and cleaned again it is what it is. LF line ends. Time and memory are
// proportional to the page.
std::string clean_page(std::string_view page, RemoteContent remote);

}  // namespace majlis::mail
