#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// Where a URL of a page leads, its character references read.
enum class LinkKind {
  relative,   // no scheme
  elsewhere,  // http, https, mailto, ftp, tel, news
  inside,     // cid, mid: the message itself
  active,     // any other scheme, and what a reader might take for one
};
LinkKind kind_of_link(std::string_view url);

// Whether an attribute of this name holds a URL, or several.
bool is_link_attribute(std::string_view name);
// Whether what it names is loaded when the page is shown.
bool is_loading_attribute(std::string_view name);

// The worst kind among the URLs of an attribute: "srcset" and its like hold several.
LinkKind kind_of_links(std::string_view attribute, std::string_view value);

// The URL as all readers read it: without the blanks and line ends that they skip. "" when it is active or has
// controls.
std::string plain_link(std::string_view url);

}  // namespace majlis::mail
