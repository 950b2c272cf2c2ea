#pragma once

#include "lists/members/admission.h"

namespace majlis::bin::admin {

using lists::Admission;

}  // namespace majlis::bin::admin
