#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// A page as the text that stands in place of it: as html_to_text() (mail/coding/decode.h) reads it, all of it, with
// what images say of themselves and with what a page that ends too early would hide. UTF-8, LF line ends; paragraphs
// are one line each.
std::string plain_text_of_page(std::string_view page);

}  // namespace majlis::mail
